/** As the server tells it: `left` in s, less than 0 once it is over. */
export interface TimerTold {
  state: "running" | "paused" | "over";
  seconds: number;
  left: number;
}
