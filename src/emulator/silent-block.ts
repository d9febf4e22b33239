import { type Liquid, Tag, type TagToken, type TopLevelToken } from 'liquidjs';

type TagClass = Parameters<Liquid['registerTag']>[1];

/** A block whose content is for somebody else, such as `{% schema %}`: it is not rendered and prints nothing. */
export function silentBlock(name: string): TagClass {
  return class SilentBlock extends Tag {
    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
      super(token, remaining, liquid);
      const end = remaining.findIndex((next) => 'name' in next && next.name === `end${name}`);
      if (end === -1) throw new Error(`tag ${token.getText()} is not closed`);
      remaining.splice(0, end + 1);
    }

    override render(): void {}
  };
}
