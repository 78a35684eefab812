using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Argosy.Testing;

/// <summary>A program on a terminal of its own (script(1) makes it), whose screen a test can look at, and which it can resize.</summary>
public sealed class TerminalProgram : IAsyncDisposable
{
    private readonly Process process;
    private readonly TerminalScreen screen;
    private readonly string place = Path.Combine(Path.GetTempPath(), "argosy-tty-" + Guid.NewGuid().ToString("N"));
    private readonly Task reading;

    private TerminalProgram(string command, int rows, int columns, IReadOnlyDictionary<string, string> environment)
    {
        screen = new TerminalScreen(rows, columns);
        ProcessStartInfo start = new("script", ["-qefc", $"stty rows {rows} cols {columns}; tty > {place}; exec {command}", "/dev/null"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        process = Process.Start(start)!;
        reading = ReadAsync();
    }

    /// <summary>What stands on it now.</summary>
    public string Text
    {
        get
        {
            lock (screen)
                return screen.Text;
        }
    }

    /// <summary>The widest line since the last resize.</summary>
    public int Widest
    {
        get
        {
            lock (screen)
                return screen.Widest;
        }
    }

    public static TerminalProgram Start(string command, int rows, int columns, IReadOnlyDictionary<string, string> environment) => new(command, rows, columns, environment);

    public async Task ResizeAsync(int rows, int columns)
    {
        string tty = (await File.ReadAllTextAsync(place)).Trim();
        // The screen is kept still meanwhile: what is written for the new size must not be taken for the old one.
        lock (screen)
        {
            using Process stty = Process.Start("stty", ["-F", tty, "rows", rows.ToString(CultureInfo.InvariantCulture), "cols", columns.ToString(CultureInfo.InvariantCulture)]);
            stty.WaitForExit();
            screen.Resize(rows, columns);
        }
    }

    /// <returns>The exit code.</returns>
    /// <exception cref="TimeoutException">It did not end within a minute.</exception>
    public async Task<int> WaitAsync()
    {
        await Task.WhenAll(process.WaitForExitAsync(), reading).WaitAsync(TimeSpan.FromSeconds(60));
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await WaitAsync();
        process.Dispose();
        File.Delete(place);
    }

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[4096];
        char[] text = new char[4096];
        Decoder decoder = Encoding.UTF8.GetDecoder();
        int read;
        while ((read = await process.StandardOutput.BaseStream.ReadAsync(buffer)) > 0)
        {
            int length = decoder.GetChars(buffer.AsSpan(0, read), text, flush: false);
            lock (screen)
                screen.Write(new string(text, 0, length));
        }
    }
}
