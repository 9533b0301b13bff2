/** What a person typed between commas. @example listOf('a, b,') // ['a', 'b'] */
export const listOf = (text: string): readonly string[] => text.split(',').map((one) => one.trim()).filter(Boolean);
