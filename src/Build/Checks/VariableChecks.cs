using Argosy.Build.Syntax;
using Argosy.Build.Syntax.Instructions;

namespace Argosy.Build.Checks;

/// <summary>UndefinedVar. Where the base image is not here nothing can be said.</summary>
internal static class VariableChecks
{
    public static void Look(Instruction instruction, StageEnvironment environment, CheckFindings findings)
    {
        if (!environment.IsKnown)
            return;
        var undefined = new List<string>();
        foreach (string word in WordsOf(instruction, environment))
            environment.Expand(word, undefined);
        foreach (Heredoc heredoc in instruction is CopyInstruction copy ? copy.Heredocs.Where(heredoc => heredoc.Expand) : [])
            environment.Expand(heredoc.Text, undefined, isText: true);
        string[] known = [.. environment.Names];
        foreach (string name in undefined)
            findings.Add(CheckRules.UndefinedVar, instruction, $"Usage of undefined variable '${name}'{NearestWord.Hint(name, known, ignoreCase: false, sign: "$")}");
    }

    /// <summary>The words in which Docker expands variables. A command line is the shell's.</summary>
    private static IEnumerable<string> WordsOf(Instruction instruction, StageEnvironment environment) => instruction switch
    {
        EnvInstruction env => env.Variables.SelectMany(pair => (string[])[pair.Key, pair.Value]),
        LabelInstruction label => label.Labels.SelectMany(pair => (string[])[pair.Key, pair.Value]),
        ArgInstruction arg => arg.Declarations.Where(environment.TakesDefault).Select(declaration => declaration.Default!),
        CopyInstruction copy => [.. copy.Sources, copy.Destination, .. ((string?[])[copy.Chown, copy.Chmod, copy.Checksum]).OfType<string>(), .. copy.Exclude],
        RunInstruction run => run.Mounts,
        WorkdirInstruction workdir => [workdir.Path],
        UserInstruction user => [user.User],
        ExposeInstruction expose => expose.Ports,
        VolumeInstruction volume => volume.Paths,
        StopSignalInstruction signal => [signal.Signal],
        _ => [],
    };
}
