using Argosy.Build.Syntax;
using Argosy.Build.Syntax.Instructions;

namespace Argosy.Build.Checks;

/// <summary>How the file is written, whatever stage is built: NoEmptyContinuation, ConsistentInstructionCasing, MaintainerDeprecated, InvalidDefinitionDescription.</summary>
internal static class FileChecks
{
    public static void Look(Dockerfile dockerfile, CheckFindings findings)
    {
        foreach (int line in dockerfile.EmptyContinuations)
            findings.Add(CheckRules.NoEmptyContinuation, (line, line), "Empty continuation line");
        Instruction[] all = [.. dockerfile.Stages.SelectMany(stage => stage.Instructions.Prepend(stage.From))];
        LookAtCasing(all, findings);
        foreach (MaintainerInstruction maintainer in all.OfType<MaintainerInstruction>())
            findings.Add(CheckRules.MaintainerDeprecated, maintainer, "Maintainer instruction is deprecated in favor of using label");
        foreach (Instruction instruction in dockerfile.GlobalArgs.Concat(all))
            LookAtDescription(dockerfile, instruction, findings);
    }

    /// <summary>The instruction's word as it is written.</summary>
    public static string WordOf(Instruction instruction) => instruction.Source.Split((char[]?)null, 2)[0];

    private static void LookAtCasing(Instruction[] instructions, CheckFindings findings)
    {
        string[] words = [.. instructions.Select(WordOf)];
        bool lower = words.Count(Casing.IsLower) > words.Count(Casing.IsUpper);
        foreach ((Instruction instruction, string word) in instructions.Zip(words).Where(pair => !(lower ? Casing.IsLower(pair.Second) : Casing.IsUpper(pair.Second))))
            findings.Add(CheckRules.ConsistentInstructionCasing, instruction, $"Command '{word}' should match the case of the command majority ({(lower ? "lowercase" : "uppercase")})");
    }

    /// <summary>A comment right above an argument or a named stage describes it, and begins with its name.</summary>
    private static void LookAtDescription(Dockerfile dockerfile, Instruction instruction, CheckFindings findings)
    {
        string[] names = instruction switch
        {
            FromInstruction { StageName: { } name } => [name],
            ArgInstruction arg => [.. arg.Declarations.Select(declaration => declaration.Name)],
            _ => [],
        };
        int above = instruction.Line - 1;
        string comment = above > dockerfile.DirectiveLines && dockerfile.Lines[above - 1].TrimStart() is { } line && line.StartsWith('#') ? line[1..].Trim() : "";
        if (names.Length == 0 || comment.Length == 0 || names.Contains(comment.Split(' ')[0]))
            return;
        findings.Add(
            CheckRules.InvalidDefinitionDescription, instruction,
            $"Comment for {instruction.Name} should follow the format: `# {(names.Length > 1 ? "<arg_key>" : names[0])} <description>`");
    }
}
