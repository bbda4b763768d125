// Reads what `sdi ioc` prints with programs that are not ours: Papa Parse, and node's URLs (WHATWG).
//     node ioc_readers.js FOLDER PAPAPARSE    FOLDER holds csv, json, stix, misp and text
"use strict";
const { readFileSync } = require("fs");
const { domainToASCII } = require("url");
const [folder, parser] = process.argv.slice(2);
const Papa = require(parser);

const read = (name) => readFileSync(`${folder}/${name}`, "utf8");
const rows = JSON.parse(read("json")).indicators;
const wrong = [];
const claim = (holds, ...said) => holds || wrong.push(said.map(String).join(" "));

// Nothing is said to the parser: it finds out separators and ends of lines by itself.
function checkCsv() {
	const { data, errors, meta } = Papa.parse(read("csv"), { header: true, skipEmptyLines: true });
	const known = { "well-known": true, "not-well-known": false, "": null };
	const written = (cell) => cell.replace(/^'(?='*[=+\-@\t\r\n＝＋－＠])/u, "");
	errors.forEach((e) => claim(!rows.length && e.code === "UndetectableDelimiter", "csv:", JSON.stringify(e)));
	claim(!rows.length || (meta.delimiter === "," && meta.linebreak === "\r\n"), "csv:", JSON.stringify(meta));
	claim(data.length === rows.length, "csv:", data.length, "rows, not", rows.length);
	rows.forEach((row, i) => {
		const there = { ...data[i], known: known[data[i].known], line: Number(data[i].line) };
		for (const key in row) {
			const cell = typeof there[key] === "string" ? written(there[key]) : there[key];
			claim(cell === row[key], "csv:", key, JSON.stringify(cell), "not", JSON.stringify(row[key]));
		}
	});
}

// A share of WebDAV (`file://host@SSL/…`) is one for Windows alone.
function checkUrl(format, value) {
	claim(/^[!-~]+$/.test(value), format, "no ASCII:", value);
	try {
		new URL(value);
	} catch {
		claim(/^file:\/\/[^/]*@/.test(value), format, "no URL:", value);
	}
}

function checkHost(format, value) {
	claim(domainToASCII(value) === value, format, "no host:", value, "it is", domainToASCII(value));
}

function checkStix() {
	const literal = /([a-z-]+):value = '((?:[^'\\]|\\['\\])*)'/g;
	for (const { pattern, external_references } of JSON.parse(read("stix")).objects || []) {
		for (const [, type, text] of pattern.matchAll(literal)) {
			const value = text.replace(/\\(.)/g, "$1");
			if (type === "url") checkUrl("stix", value);
			if (type === "domain-name") checkHost("stix", value);
		}
		external_references.forEach((r) => r.url && checkUrl("stix", r.url));
	}
}

function checkMisp() {
	for (const { type, value } of JSON.parse(read("misp")).Event.Attribute) {
		if (type === "url") checkUrl("misp", value.includes("://") ? value : `http://${value}`);
		if (type.startsWith("domain") || type.startsWith("hostname")) checkHost("misp", value.split("|")[0]);
	}
}

checkCsv();
checkStix();
checkMisp();
wrong.slice(0, 40).forEach((line) => console.log(line));
process.exitCode = wrong.length ? 1 : 0;
