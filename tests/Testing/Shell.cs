using System.Diagnostics;
using System.Text;

namespace Argosy.Testing;

/// <summary>Runs a command to its end. Its output is kept whole; one that takes longer than allowed is killed with its children.</summary>
public static class Shell
{
    /// <exception cref="TimeoutException">The command did not end in time.</exception>
    public static async Task<ShellResult> RunAsync(
        string file, IEnumerable<string> arguments, string? input = null, IReadOnlyDictionary<string, string?>? environment = null,
        string? directory = null, TimeSpan? timeout = null)
    {
        ProcessStartInfo start = new(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? "/",
            StandardInputEncoding = Encoding.Latin1,
        };
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        string line = $"{file} {string.Join(' ', start.ArgumentList)}";
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"did not start: {line}");
        using var cancel = new CancellationTokenSource(timeout ?? TimeSpan.FromSeconds(60));
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancel.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(cancel.Token);
            await FeedAsync(process, input);
            await process.WaitForExitAsync(cancel.Token);
            return new ShellResult(line, process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{line} did not end within {timeout ?? TimeSpan.FromSeconds(60)}");
        }
    }

    /// <summary>As <see cref="RunAsync"/> through /bin/sh; fails when the exit code is not 0.</summary>
    public static async Task<string> ShAsync(string script, TimeSpan? timeout = null) =>
        (await RunAsync("/bin/sh", ["-c", script], timeout: timeout)).Succeeded();

    private static async Task FeedAsync(Process process, string? input)
    {
        try
        {
            if (input is not null)
                await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The command ended without reading its input: that is its business.
        }
    }
}
