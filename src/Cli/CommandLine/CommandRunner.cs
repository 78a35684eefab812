using System.CommandLine;
using System.Text.Json;
using Argosy.Cli.Compose;
using Argosy.Cli.Session;
using Argosy.Client;

namespace Argosy.Cli.CommandLine;

/// <summary>Finds the command, parses its line, runs it, and turns failures into texts and exit codes.</summary>
internal static class CommandRunner
{
    private static readonly ParserConfiguration ParserConfiguration = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    public static async Task<int> MainAsync(string[] words)
    {
        try
        {
            (GlobalOptions options, int taken) = GlobalOptions.Read(words);
            await using var session = new CliSession(options);
            return await RunAsync(session, words[taken..]);
        }
        catch (CliException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return failure.ExitCode;
        }
    }

    public static async Task<int> RunAsync(CliSession session, string[] words)
    {
        if (session.Global.WantsVersion)
            return await RunAsync(session, VerbTable.Find(["--version"])!.Value.Verb, ["--version"], []);
        if (words.Length == 0 || session.Global.WantsHelp)
            return HelpPrinter.PrintRoot(session.Out);
        words = ComposeWords.Normalise(words);
        if (VerbTable.Find(words) is { } found)
            return await RunAsync(session, found.Verb, words[..found.Length], words[found.Length..]);
        if (VerbTable.Groups.TryGetValue(words[0], out string? summary))
            return PrintGroup(session, words, summary);
        throw new CliException($"argosy: unknown command: argosy {words[0]}\n\nRun 'argosy --help' for more information");
    }

    private static int PrintGroup(CliSession session, string[] words, string summary)
    {
        if (words.Length == 1 || words[1] is "--help" or "-h")
            return HelpPrinter.PrintGroup(session.Out, words[0], summary);
        throw new CliException(
            $"argosy: unknown command: argosy {words[0]} {words[1]}\n\nUsage:  argosy {words[0]}\n\nRun 'argosy {words[0]} --help' for more information");
    }

    private static async Task<int> RunAsync(CliSession session, Verb verb, string[] path, string[] words)
    {
        string name = "argosy " + string.Join(' ', path);
        VerbCommand command = verb.Create(session);
        try
        {
            var tokens = Tokens.Read(command, words);
            if (tokens.WantsHelp)
                return HelpPrinter.Print(session.Out, verb, command, name);
            ParseResult result = command.Parse(tokens.ToList(), ParserConfiguration);
            if (result.Errors.Count > 0)
                throw new UsageException(result.Errors[0].Message);
            var line = new Invocation(result, command);
            CheckCount(command, tokens.ArgumentCount, name);
            return await command.Handler(line, session.Cancellation);
        }
        catch (UsageException wrong)
        {
            string prefix = wrong.ExitCode == UsageException.WrongArguments ? "argosy: " : "";
            await session.Error.WriteLineAsync($"{prefix}{wrong.Message}\n\nUsage:  {name} {command.Usage}\n\n{(wrong.IsTooFew ? "See" : "Run")} '{name} --help' for more information");
            return wrong.ExitCode;
        }
        catch (Exception failure) when (FailureText.TryDescribe(failure, out string text))
        {
            return await FailAsync(session, command, name, failure, text);
        }
    }

    private static async Task<int> FailAsync(CliSession session, VerbCommand command, string name, Exception failure, string text)
    {
        await session.Out.FlushAsync();
        if (text.Length > 0 && command.NamesProgramInErrors && failure is not CliException { IsWhole: true })
            text = $"argosy: {text}\n\nRun '{name} --help' for more information";
        if (text.Length > 0)
            await session.Error.WriteLineAsync(text);
        return failure is CliException { ExitCode: var code } ? code : command.FailureExitCode;
    }

    private static void CheckCount(VerbCommand command, int count, string name)
    {
        if (command.MaxArguments == 0 && count > 0)
            throw new UsageException($"'{name}' accepts no arguments", UsageException.WrongArguments);
        if (command.MinArguments == command.MaxArguments && count != command.MinArguments)
            throw new UsageException($"'{name}' requires {Plural(command.MinArguments)}", UsageException.WrongArguments);
        if (count < command.MinArguments)
            throw new UsageException($"'{name}' requires at least {Plural(command.MinArguments)}", UsageException.WrongArguments) { IsTooFew = true };
        if (count > command.MaxArguments)
            throw new UsageException($"'{name}' requires at most {Plural(command.MaxArguments)}", UsageException.WrongArguments);
    }

    private static string Plural(int count) => count == 1 ? "1 argument" : $"{count} arguments";
}
