using System.Diagnostics;

namespace Argosy.Networks.Tests;

/// <summary>Runs the host's tools, in a sandbox's network namespace where asked.</summary>
internal static class Shell
{
    internal static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        string output = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    internal static Task<(int Code, string Output)> InsideAsync(Sandbox sandbox, params string[] command) =>
        RunAsync("nsenter", [$"--net={sandbox.NamespacePath}", .. command]);

    internal static Process StartInside(Sandbox sandbox, params string[] command) => Start("nsenter", [$"--net={sandbox.NamespacePath}", .. command]);

    internal static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
}
