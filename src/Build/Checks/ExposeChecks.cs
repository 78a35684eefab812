using Argosy.Build.Syntax.Instructions;

namespace Argosy.Build.Checks;

/// <summary>ExposeProtoCasing and ExposeInvalidFormat.</summary>
internal static class ExposeChecks
{
    public static void Look(ExposeInstruction instruction, StageEnvironment environment, CheckFindings findings)
    {
        foreach (string port in instruction.Ports.Select(port => environment.Expand(port, [])).OfType<string>())
        {
            string protocol = port.Split('/', 2) is [_, var text] ? text : "";
            if (!Casing.IsLower(protocol))
                findings.Add(CheckRules.ExposeProtoCasing, instruction, $"Defined protocol '{port}' in EXPOSE instruction should be lowercase");
            if (port.Contains(':', StringComparison.Ordinal))
                findings.Add(CheckRules.ExposeInvalidFormat, instruction, $"EXPOSE instruction should not define an IP address or host-port mapping, found '{port}'");
        }
    }
}
