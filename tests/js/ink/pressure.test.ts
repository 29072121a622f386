import assert from "node:assert/strict";
import { test } from "node:test";
import { Pressure } from "../../../browser/ink/pressure.ts";
import { straight } from "../../../browser/kinds/angle.ts";

/** The last pressure of a hand that goes 200 px at this speed, in px a ms. @param every ms between samples */
function after(speed: number, every: number) {
  const pressure = new Pressure(false, { clientX: 0, clientY: 0, time: 0 });
  let last = 0;
  for (let time = 0; time * speed <= 200; time += every)
    last = pressure.of({ clientX: time * speed, clientY: 0, time, pressure: 0.5 });
  return last;
}

test("a fast hand presses less than a calm one, within 0 and 1", () => {
  const pressed = [0.1, 0.5, 1, 2, 20].map((speed) => after(speed, 8));
  assert.deepEqual(
    pressed,
    pressed.toSorted((a, b) => b - a),
  );
  assert.ok(pressed[0] <= 1 && pressed[4] >= 0.1 && pressed[0] - pressed[3] > 0.3, `${pressed}`);
});

test("how often the device tells makes no difference", () => {
  assert.ok(Math.abs(after(0.5, 1) - after(0.5, 16)) < 0.03);
});

test("a pen that knows is believed, in hundredths", () => {
  const pressure = new Pressure(true, { clientX: 0, clientY: 0, time: 0 });
  assert.equal(pressure.of({ clientX: 9, clientY: 0, time: 3, pressure: 0.3333 }), 0.33);
});

test("Shift turns a direction to the nearest 15°", () => {
  const near = (a: number[], b: number[]) => assert.ok(Math.hypot(a[0] - b[0], a[1] - b[1]) < 1e-9, `${a}`);
  near(straight(100, 8), [100, 0]);
  near(straight(3, -90), [0, -90]);
  near(straight(100, 95), [97.5, 97.5]);
  near(straight(0, 0), [0, 0]);
  near(straight(-50, 2), [-50, 0]);
});
