/* A static part of a page: a tree of [tag, properties, children] handed to React in one go. Words stay text. */
(function () {
  "use strict";

  function element(node) {
    if (!Array.isArray(node)) return node;
    const [tag, properties, children] = node;
    return React.createElement(tag, properties, ...children.map(element));
  }

  window.desk_components = { Frozen: (properties) => element(properties.tree) };
})();
