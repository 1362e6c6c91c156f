// SPDX-License-Identifier: GPL-3.0-or-later
// What has been said on the private network before a test begins: three mentions, a reply, an answer to that reply, a
// quote, a post that names the shop without tagging it, and a direct message.

/** Gives {posts: {name: {uri, cid}}, messages: {name: {convoId, id}}}; servers have digested everything on return. */
export async function seed(people) {
  const posts = {}
  posts.root = await people.post('shop', 'Rye with caraway is back on Thursdays, from 7 until the basket is empty.')
  posts.mention = await people.post('ana', '@marigold.test the cake for my daughter (order 1042) arrived squashed. We start at five. Can somebody ring me?')
  posts.mentionWithPicture = await people.post('ben', 'Is this flour or mould, @marigold.test?', { picture: { alt: 'A loaf with a pale patch on its crust' } })
  posts.mentionInChinese = await people.post('mei', '@marigold.test 谢谢你们的黑麦面包，我奶奶很喜欢！', { langs: ['zh'] })
  posts.reply = await people.post('ben', 'Do you put some aside for people who work until six?', { reply: posts.root })
  posts.nested = await people.post('ana', 'That would help me too.', { reply: { root: posts.root, parent: posts.reply } })
  posts.quote = await people.post('mei', 'Set an alarm for this.', { quote: posts.root })
  posts.untagged = await people.post('ben', 'Marigold Bakehouse was shut again at noon, without a note on the door.')
  const messages = { first: await people.message('ana', 'shop', 'My number is 555 0142. Please ring before four.') }
  await people.settle()
  return { posts, messages }
}
