using Argosy.Build.Context;
using Argosy.Build.Execution;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;

namespace Argosy.Build.Checks;

/// <summary>CopyIgnoredFile.</summary>
internal static class CopyChecks
{
    public static void Look(CopyInstruction instruction, StageEnvironment environment, IgnorePatterns ignored, CheckFindings findings)
    {
        foreach (string written in instruction.Sources)
        {
            if (!environment.IsKnown && written.Contains('$', StringComparison.Ordinal))
                continue;
            if (environment.Expand(written, []) is not { } source || (instruction.IsAdd && (UrlFetcher.IsUrl(source) || GitReference.TryParse(source) is not null)))
                continue;
            string path = ContainerPath.Clean(source).ToString();
            if (path.Length > 0 && ignored.IsIgnored(path))
                findings.Add(CheckRules.CopyIgnoredFile, instruction, $"Attempting to {(instruction.IsAdd ? "Add" : "Copy")} file {GoQuote.Text(path)} that is excluded by .dockerignore");
        }
    }
}
