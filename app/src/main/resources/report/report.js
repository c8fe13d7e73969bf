// Sorting, searching, exporting and the arrow keys. Everything can be read without.
(() => {
  'use strict';
  const keys = document.querySelector('.keys');
  const table = keys.querySelector('.all');
  const standings = [...table.tBodies].map(body => ({
    body, rows: [...body.rows].slice(1), count: body.querySelector('.count'), total: body.querySelector('.count').textContent
  }));
  let groups = standings;
  const stood = new Map();
  standings.forEach(group => group.rows.forEach(row => stood.set(row, group.body)));
  const search = keys.querySelector('input[type=search]');
  const said = keys.querySelector('[role=status]');
  keys.querySelectorAll('.scripted').forEach(control => { control.hidden = false; });

  // How long ago, so that "yesterday" is after "today" and what is not known comes last.
  const ago = text => {
    if (text.startsWith('not known')) return Infinity;
    if (text.startsWith('never')) return 1e6;
    if (text.startsWith('today')) return 0;
    return text.startsWith('yesterday') ? 1 : parseInt(text, 10);
  };
  const values = {
    0: (text, cell) => cell.querySelector('b').textContent.toLowerCase(),
    2: text => { const days = parseInt(text, 10); return Number.isNaN(days) ? -1 : days; },
    4: ago
  };
  const heads = [...table.tHead.rows[0].cells];
  const sort = column => {
    const head = heads[column];
    const down = head.getAttribute('aria-sort') === 'ascending' ||
      (!head.hasAttribute('aria-sort') && column === 2);
    heads.forEach(other => {
      other.removeAttribute('aria-sort');
      const button = other.querySelector('button');
      if (button) button.textContent = button.dataset.label;
    });
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    head.querySelector('button').textContent = head.querySelector('button').dataset.label + (down ? ' ↓' : ' ↑');
    const value = values[column] || (text => text.toLowerCase());
    const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0) * (down ? -1 : 1);
    groups.forEach(group => {
      const valued = group.rows.map(row => [value(row.cells[column].textContent, row.cells[column]), row]);
      valued.sort((a, b) => order(a[0], b[0]));
      group.rows = valued.map(pair => pair[1]);
      group.body.append(...group.rows);
    });
  };
  heads.forEach((head, column) => {
    if (head.querySelector('.sr')) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset.label = head.textContent.replace(/ [↓↑]$/, '');
    button.textContent = head.textContent;
    button.addEventListener('click', () => sort(column));
    head.replaceChildren(button);
  });

  const find = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(word => word);
    const picked = keys.querySelector('.pick :checked').id.slice(2);
    keys.classList.toggle('found', words.length > 0);
    let all = 0;
    groups.forEach(group => {
      let here = 0;
      group.rows.forEach(row => {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every(word => text.includes(word)) ||
          (groups !== standings && picked !== 'all' && !stood.get(row).classList.contains(picked));
        here += row.hidden ? 0 : 1;
      });
      group.body.hidden = here === 0;
      group.count.textContent = here < group.rows.length ? here + ' of ' + group.total : group.total;
      all += here;
    });
    said.textContent = words.length ? (all === 1 ? '1 key found' : all + ' keys found') : '';
  };
  // By owner, account or policy: the same rows under other heads, each with the mark of its standing.
  const policies = [...keys.querySelectorAll('.policies li')].map(name => name.textContent);
  const heading = {
    owner: row => row.cells[1].textContent,
    account: row => row.cells[0].querySelector('i').textContent,
    policy: row => policies[row.dataset.p || 0]
  };
  const other = (name, rows) => {
    const body = document.createElement('tbody');
    body.className = 'other';
    const head = body.insertRow().appendChild(document.createElement('th'));
    head.colSpan = 8;
    head.scope = 'rowgroup';
    const title = head.appendChild(document.createElement('b'));
    title.textContent = name;
    const count = head.appendChild(document.createElement('span'));
    count.className = 'quiet count';
    count.textContent = rows.length;
    title.after(' ');
    body.append(...rows);
    return {body, rows, count, total: String(rows.length)};
  };
  const group = by => {
    keys.querySelectorAll('.stood').forEach(mark => mark.remove());
    groups.forEach(group => group.body.remove());
    const rows = groups.flatMap(group => group.rows);
    if (by === 'standing') {
      groups = standings;
      groups.forEach(group => {
        group.rows = rows.filter(row => stood.get(row) === group.body);
        group.body.append(...group.rows);
      });
    } else {
      const named = Map.groupBy(rows, heading[by]);
      groups = [...named.keys()].sort((a, b) => a.localeCompare(b)).map(name => other(name, named.get(name)));
      rows.forEach(row => {
        const mark = document.createElement('span');
        const name = stood.get(row).querySelector('.standing');
        mark.className = 'stood ' + stood.get(row).className.split(' ')[0];
        mark.append(name.querySelector('svg').cloneNode(true));
        const word = mark.appendChild(document.createElement('span'));
        word.className = 'sr';
        word.textContent = name.textContent + ': ';
        row.cells[0].prepend(mark);
      });
    }
    table.append(...groups.map(group => group.body));
    table.caption.textContent = 'All keys, grouped by ' + by;
    find();
  };
  keys.querySelector('.by select').addEventListener('change', event => group(event.target.value));
  keys.querySelectorAll('.pick input').forEach(pill => pill.addEventListener('change', find));

  let waiting = 0;
  search.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(find, 120); });
  keys.querySelector('form').addEventListener('submit', event => { event.preventDefault(); find(); });

  // What is shown, as a file; a cell that a spreadsheet would take for a formula is made text.
  keys.querySelector('.export').addEventListener('click', () => {
    const cell = text => {
      const plain = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
      return /[",\n]/.test(plain) ? '"' + plain.replaceAll('"', '""') + '"' : plain;
    };
    const lines = [['user', 'last four', 'account', 'standing', 'owner', 'age', 'last used', 'why', 'next step', 'when']];
    groups.forEach(group => {
      if (getComputedStyle(group.body).display === 'none') return;
      group.rows.filter(row => !row.hidden).forEach(row => {
        const [key, owner, age, , used, why, next, when] = [...row.cells];
        lines.push([key.querySelector('b').textContent, key.querySelector('code').textContent,
          key.querySelector('i').textContent, stood.get(row).querySelector('.standing').textContent, owner.textContent, age.textContent, used.textContent,
          why.textContent, next.textContent, when.textContent]);
      });
    });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([lines.map(line => line.map(cell).join(',')).join('\r\n') + '\r\n'], {type: 'text/csv'}));
    link.download = 'keyturn-keys.csv';
    link.click();
    URL.revokeObjectURL(link.href);
  });

  // In a dot plot the arrow keys go from mark to mark, healthy ones among them.
  document.querySelectorAll('.plot.big').forEach(plot => {
    const marks = [...plot.querySelectorAll('a, g')].filter(mark => mark.querySelector('title'))
      .map(mark => [parseFloat(mark.querySelector('use').getAttribute('x')), mark])
      .sort((a, b) => a[0] - b[0]).map(pair => pair[1]);
    marks.filter(mark => mark.tagName === 'g').forEach(mark => {
      mark.setAttribute('tabindex', '-1');
      mark.setAttribute('role', 'img');
      mark.setAttribute('aria-label', mark.querySelector('title').textContent);
    });
    if (marks.length && !marks.some(mark => mark.tagName === 'a')) marks[0].setAttribute('tabindex', '0');
    plot.addEventListener('keydown', event => {
      const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
      const at = marks.indexOf(document.activeElement);
      if (!step || at < 0) return;
      event.preventDefault();
      marks[(at + step + marks.length) % marks.length].focus();
    });
  });
})();
