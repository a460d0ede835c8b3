// A payslip in Neuilly as a publicodes model: the rules of data/nato/rules.ini that are due for most staff, with the
// figures of 2026. Prints payslips a second, and one net to hold against natopay's.
import Engine from 'publicodes'
import { parse } from 'yaml'

const model = `
grade au recrutement traitement:
  valeur: 5335.54
échelon:
  valeur: 1
expatrié:
  valeur: oui
année de service:
  valeur: 1
temps:
  valeur: 100%
enfants:
  valeur: 0
conjoint:
  valeur: non
échelon un:
  valeur: 5335.54
traitement de base:
  arrondi: 2 décimales
  valeur: échelon un * (1 + 3% * (échelon - 1)) * temps
taux expatriation:
  variations:
    - si: année de service <= 5
      alors: 10%
    - si: année de service = 6
      alors: 8%
    - si: année de service = 7
      alors: 6%
    - si: année de service = 8
      alors: 4%
    - si: année de service = 9
      alors: 2%
    - sinon: 0%
expatriation:
  applicable si: expatrié
  arrondi: 2 décimales
  valeur: taux expatriation * échelon un * temps
part familiale:
  variations:
    - si: année de service <= 5
      alors: 100%
    - si: expatrié = non
      alors: 0%
    - si: année de service = 6
      alors: 80%
    - si: année de service = 7
      alors: 60%
    - si: année de service = 8
      alors: 40%
    - si: année de service = 9
      alors: 20%
    - sinon: 0%
allocation familiale:
  applicable si: conjoint
  arrondi: 2 décimales
  valeur: 327.58 * part familiale * temps
supplément enfants:
  applicable si: enfants > 0
  arrondi: 2 décimales
  valeur: 327.58 * enfants * temps
pension:
  arrondi: 2 décimales
  valeur: 8% * traitement de base
assurance:
  arrondi: 2 décimales
  valeur: 3% * traitement de base
pension employeur:
  arrondi: 2 décimales
  valeur: 12% * traitement de base
brut:
  somme:
    - traitement de base
    - expatriation
    - allocation familiale
    - supplément enfants
retenues:
  somme:
    - pension
    - assurance
net:
  valeur: brut - retenues
coût:
  somme:
    - brut
    - pension employeur
`
const engine = new Engine(parse(model), { logger: { log() {}, warn() {}, error: console.error } })

function payslip(i) {
    engine.setSituation({
        échelon: 1 + (i % 11),
        'année de service': 1 + (i % 9),
        enfants: i % 3,
        conjoint: i % 2 ? 'oui' : 'non',
        expatrié: i % 5 ? 'oui' : 'non',
    })
    return engine.evaluate('net').nodeValue + 0 * engine.evaluate('coût').nodeValue
}

const count = Number(process.argv[2] ?? 2000)
let sum = 0
for (let i = 0; i < 50; i++) sum += payslip(i)
const start = process.hrtime.bigint()
for (let i = 0; i < count; i++) sum += payslip(i)
const seconds = Number(process.hrtime.bigint() - start) / 1e9
engine.setSituation({ enfants: 2, conjoint: 'oui' })
console.log(`${Math.round(count / seconds)} payslips/s (net of a G10 with spouse and two children: ${engine.evaluate('net').nodeValue})`)
