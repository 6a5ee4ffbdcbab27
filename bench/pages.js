// One page, so many clients, for so long; words and addresses change at every request.
import http from "k6/http";
import { check } from "k6";

const addresses = JSON.parse(open(__ENV.ADDRESSES));
export const options = {
  vus: Number(__ENV.CLIENTS),
  duration: `${__ENV.SECONDS}s`,
  summaryTrendStats: ["med", "p(95)", "max"],
};

export default function () {
  const part = () => Math.floor(Math.random() * 250) + 1;
  const caller = `10.${part()}.${part()}.${part()}`; // behind a trusted proxy: nobody asks too often
  const address = addresses[Math.floor(Math.random() * addresses.length)];
  const answer = http.get(address, { headers: { "X-Forwarded-For": caller }, tags: { name: "page" } });
  check(answer, { "page comes": (one) => one.status === 200 });
}
