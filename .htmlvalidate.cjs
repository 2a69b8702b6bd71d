// Rules for html-validate@10, with the reason for each that is not as recommended.
module.exports = {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Safari tells no one of a list whose marks are styled away; role=list brings it back (BRIEF section 11).
    "no-redundant-role": "off",
    // A wide table scrolls in a named region that the keyboard can reach; a section would say no more.
    "prefer-native-element": ["error", { exclude: ["list", "region"] }],
    // A facet is several boxes of one name: any of them will do.
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "button", "submit"] }],
    "doctype-style": ["error", { style: "lowercase" }],
  },
};
