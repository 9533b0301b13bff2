/** Works through a list, so many at the same time. @example await each(documents, 4, (one) => save(one)) */
export async function each<T>(list: readonly T[], workers: number, work: (one: T) => Promise<void>): Promise<void> {
  const queue = list.values();
  await Promise.all(Array.from({ length: workers }, async () => { for (const one of queue) await work(one); }));
}
