/** Files from a picker, a folder or a drop, each with its path. */

/**
 * Makes `zone` take drops and `pickers` (file inputs) take choices.
 *
 * - `onFiles` gets `[{path, file}]`; the path of a file in a folder starts below that folder.
 * - `onUnreadable` is called when a part of what was dropped cannot be read; then none of it is taken.
 */
export function wireDrop(zone, pickers, onFiles, onUnreadable) {
  for (const picker of pickers) {
    picker.addEventListener("change", () => {
      onFiles([...picker.files].map((file) => ({ path: belowFolder(file.webkitRelativePath) || file.name, file })));
      picker.value = "";
    });
  }
  for (const type of ["dragenter", "dragover"]) {
    zone.addEventListener(type, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget)) zone.classList.remove("over");
  });
  zone.addEventListener("drop", async (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    try {
      onFiles(await dropped(event.dataTransfer));
    } catch (error) {
      onUnreadable(error);
    }
  });
  // A near miss must not make the browser leave the page and its half-filled form.
  for (const type of ["dragover", "drop"]) addEventListener(type, (event) => event.preventDefault());
}

function belowFolder(path) {
  return path?.split("/").slice(1).join("/");
}

/** Entries have to be asked for before the first await: the drop's data is gone afterwards. */
async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length === 0) return [...transfer.files].map((file) => ({ path: file.name, file }));
  const found = await Promise.all(entries.map((entry) => (entry.isDirectory ? inFolder(entry, "") : [fileOf(entry, "")])));
  return Promise.all(found.flat());
}

function fileOf(entry, prefix) {
  return new Promise((resolve, reject) => entry.file((file) => resolve({ path: prefix + entry.name, file }), reject));
}

async function inFolder(folder, prefix) {
  const reader = folder.createReader();
  const found = [];
  for (;;) {
    const part = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return found;
    for (const entry of part) {
      if (entry.isDirectory) found.push(...await inFolder(entry, `${prefix}${entry.name}/`));
      else found.push(await fileOf(entry, prefix));
    }
  }
}
