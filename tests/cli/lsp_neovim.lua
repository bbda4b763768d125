-- Neovim as an author uses it: run by t32_lsp_neovim.sh in a project, with the digest open. What it sees is printed; any
-- failure ends it with 1.

local digest = vim.api.nvim_get_current_buf()

local function must(holds, what)
	if not holds then
		error(what .. ' is not so', 0)
	end
end

local function wait(what, holds)
	must(vim.wait(20000, holds, 20), what)
end

local function codes()
	local found = {}
	for _, d in ipairs(vim.diagnostic.get(digest)) do
		found[#found + 1] = d.code or d.user_data.lsp.code
	end
	table.sort(found)
	return table.concat(found, ' ')
end

local function ask(client, method, params)
	params.textDocument = vim.lsp.util.make_text_document_params(digest)
	local reply = client.request_sync('textDocument/' .. method, params, 20000, digest)
	must(reply and not reply.err, method)
	return reply.result
end

local function lines()
	return table.concat(vim.api.nvim_buf_get_lines(digest, 0, -1, false), '\n')
end

local function at(text)
	for i, line in ipairs(vim.api.nvim_buf_get_lines(digest, 0, -1, false)) do
		local column = line:find(text, 1, true)
		if column then
			return { line = i - 1, character = vim.str_utfindex(line, column - 1) }
		end
	end
	error('there is no ' .. text, 0)
end

local function actions(client, from, only)
	local context = { diagnostics = {}, only = only }
	return ask(client, 'codeAction', { range = { start = from, ['end'] = from }, context = context })
end

local function run()
	local id = vim.lsp.start_client({ name = 'sdi', cmd = { vim.env.SDI, 'lsp' }, root_dir = vim.loop.cwd() })
	vim.lsp.buf_attach_client(digest, id)
	wait('diagnostics of the file', function()
		return codes() ~= ''
	end)
	local client = vim.lsp.get_client_by_id(id)
	print(codes())

	local hover = ask(client, 'hover', { position = at('推奨事もも') })
	must(hover.contents.value:find('## unknown-field', 1, true), 'an explanation')

	local found = actions(client, at('推奨事もも'), { 'quickfix' })
	must(found[1].isPreferred, 'a safe fix first')
	print(found[1].title)
	vim.lsp.util.apply_workspace_edit(found[1].edit, client.offset_encoding)
	must(lines():find('- 推奨事項\n', 1, true), 'the label that is put right')
	wait('diagnostics of what is not saved', function()
		return codes() == 'rare-kanji tracking-parameter trailing-space'
	end)

	found = actions(client, { line = 0, character = 0 }, { 'source.fixAll' })
	vim.lsp.util.apply_workspace_edit(found[1].edit, client.offset_encoding)
	wait('what no fix can put right', function()
		return codes() == 'rare-kanji'
	end)

	local outline = ask(client, 'documentSymbol', {})
	print(outline[1].name .. ' > ' .. outline[1].children[1].name .. ' > ' .. outline[1].children[1].children[2].name)

	local last = vim.api.nvim_buf_line_count(digest)
	vim.api.nvim_buf_set_lines(digest, last, last, false, { '- 𠮷' })
	local labels = {}
	for _, item in ipairs(ask(client, 'completion', { position = { line = last, character = 4 } })) do
		labels[#labels + 1] = item.label
	end
	print(table.concat(labels, ' '))

	client.stop()
	wait('the end of the server', function()
		return client.is_stopped()
	end)
end

local fine, why = pcall(run)
if not fine then
	print(why)
end
vim.cmd(fine and 'qall!' or 'cquit!')
