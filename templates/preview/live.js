/* livereload's script, told to leave what it hears to us. */

export function follow({ changed, connected }) {
  window.LiveReloadPluginPreview = class {
    static identifier = "preview";

    static version = "1";

    reload(path) {
      changed(path);
      return true; // nothing else reloads the page
    }
  };
  document.addEventListener("LiveReloadConnect", () => connected(true));
  document.addEventListener("LiveReloadDisconnect", () => connected(false));
  const script = document.createElement("script");
  const asked = { host: location.hostname, port: location.port, mindelay: 300, maxdelay: 1500 };
  script.src = `/livereload.js?${new URLSearchParams(asked)}`;
  script.dataset.preview = "";
  document.head.append(script);
}

export async function state(path) {
  const answer = await fetch(`/_preview/state?${new URLSearchParams({ path })}`);
  if (!answer.ok) throw new Error(`state: ${answer.status}`);
  return answer.json();
}

/* Runs `work` now, and once more if it is asked for meanwhile: never twice at a time. */
export function oneAtATime(work) {
  let running = null;
  let again = false;
  return function run() {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        try {
          await work();
        } catch (error) {
          if (!(error instanceof TypeError)) console.error(error); // the server has gone: told elsewhere
        }
      } while (again);
      running = null;
    })();
    return running;
  };
}
