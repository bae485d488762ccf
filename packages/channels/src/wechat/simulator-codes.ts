import { isObject } from '../json.ts'
import type { Body, World } from '../families/wechat/platform-simulator.ts'
import { ok } from '../families/wechat/simulator.ts'
import { textIn } from '../families/wechat/words.ts'

/** Codes with a parameter that run out; those that last for ever nobody asks for. */

const longest = 2_592_000

export function createCodes() {
  const codes = new Map<string, { scene: string; until: number }>()
  return {
    /** Null for paths that are about something else. */
    handle(path: string, { action_name: kind, action_info: info, expire_seconds: seconds = 60 }: Body, world: World) {
      if (path !== 'cgi-bin/qrcode/create') return null
      const scene = isObject(info) && isObject(info.scene) ? textIn(info.scene.scene_str) : ''
      if (kind !== 'QR_STR_SCENE' || typeof seconds !== 'number') return world.refuse(40_035, 'invalid parameter')
      if (scene === '' || scene.length > 64 || seconds > longest) return world.refuse(40_053, 'invalid action info')
      const url = `http://weixin.qq.com/q/code${codes.size + 1}`
      codes.set(url, { scene, until: world.now().getTime() + seconds * 1000 })
      return ok({ ticket: `gQ${codes.size}`, expire_seconds: seconds, url })
    },
    /** What is scanned: a code of ours, or the parameter of one that hangs somewhere. */
    sceneOf(scanned: string, now: Date): string {
      if (!scanned.startsWith('http')) return scanned
      const code = codes.get(scanned)
      if (!code || now.getTime() >= code.until) throw new Error('This code has run out')
      return code.scene
    },
  }
}
