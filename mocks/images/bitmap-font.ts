/** The glyphs are 5 pixels wide and 7 high; those that hang below the line are drawn `DROP` pixels lower. */
export const GLYPH_WIDTH = 5;
export const GLYPH_HEIGHT = 7;
export const DROP = 2;

export interface Glyph {
  /** Seven rows from the top; bit 4 is the leftmost pixel. */
  readonly rows: readonly number[];
  readonly drop: number;
}

/** Characters beside their glyphs, one base-32 digit per row: `4` is `..#..`, `h` is `#...#`, `v` is `#####`. */
const SHEET: readonly (readonly [characters: string, glyphs: string])[] = [
  [` !"#$%&'`, '0000000 4444404 aaa0000 aavavaa 4fke5u4 op248j3 cik8lid 4480000'],
  ['()*+,-./', '2488842 8422248 04lel40 044v440 000c480 000v000 00000cc 01248g0'],
  ['01234567', 'ehjlphe 4c4444e eh1248v v2421he 26aiv22 vgu11he 68guhhe v124888'],
  ['89:;<=>?', 'ehhehhe ehhf12c 0cc0cc0 cc0c480 248g842 00v0v00 g84248g eh12404'],
  ['@ABCDEFG', 'ehnlnge ehhvhhh uhhuhhu ehggghe sihhhis vgguggv vgguggg ehgnhhf'],
  ['HIJKLMNO', 'hhhvhhh e44444e 72222ic hikokih ggggggv hrllhhh hhpljhh ehhhhhe'],
  ['PQRSTUVW', 'uhhuggg ehhhlid uhhukih fgge11u v444444 hhhhhhe hhhaa44 hhhllla'],
  ['XYZ[\\]^_', 'hha4ahh hhha444 v1248gv e88888e 0g84210 e22222e 4ah0000 000000v'],
  ['`abcdefg', '8400000 00e1fhf ggmphhu 00egghe 11djhhf 00ehvge 698s888 fhhhf1e'],
  ['hijklmno', 'ggmphhh 40c444e 20622ic ggikoki c44444e 00qllll 00mphhh 00ehhhe'],
  ['pqrstuvw', 'uhhhugg fhhhf11 00mpggg 00ege1u 88s8896 00hhhjd 00hhha4 00hhlla'],
  ['xyz{|}~', '00ha4ah hhhhf1e 00v248v 6448446 4444444 c44244c 008l200'],
];

const HANGING = ',;gpqy';

const HOLLOW_BOX = readGlyph('', 'vhhhhhv');

const GLYPHS = new Map(
  SHEET.flatMap(([characters, glyphs]) =>
    glyphs.split(' ').map((digits, i) => [characters.charAt(i), readGlyph(characters.charAt(i), digits)] as const),
  ),
);

/** The picture of one character; a hollow box stands for any that the font lacks. */
export function glyphOf(character: string): Glyph {
  return GLYPHS.get(character) ?? HOLLOW_BOX;
}

function readGlyph(character: string, digits: string): Glyph {
  return {
    rows: [...digits].map((digit) => Number.parseInt(digit, 32)),
    drop: character !== '' && HANGING.includes(character) ? DROP : 0,
  };
}
