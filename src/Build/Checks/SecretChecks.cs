using Argosy.Build.Execution;
using Argosy.Build.Syntax.Instructions;

namespace Argosy.Build.Checks;

/// <summary>SecretsUsedInArgOrEnv: names with a word that means a secret, unless another word says that it is none.</summary>
internal static class SecretChecks
{
    private static readonly HashSet<string> Secret = new(
        ["apikey", "auth", "credential", "credentials", "key", "password", "pword", "passwd", "secret", "token"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Harmless = new(["public", "file", "version"], StringComparer.OrdinalIgnoreCase);

    public static void Look(Instruction instruction, CheckFindings findings)
    {
        IEnumerable<string> names = instruction switch
        {
            ArgInstruction arg => arg.Declarations.Select(declaration => declaration.Name),
            EnvInstruction env => env.Variables.Select(pair => pair.Key),
            _ => [],
        };
        foreach (string name in names.Where(IsSecret))
            findings.Add(CheckRules.SecretsUsedInArgOrEnv, instruction, $"Do not use ARG or ENV instructions for sensitive data ({instruction.Name} {GoQuote.Text(name)})");
    }

    private static bool IsSecret(string name)
    {
        string[] words = name.Split('_');
        return words.Any(Secret.Contains) && !words.Any(Harmless.Contains);
    }
}
