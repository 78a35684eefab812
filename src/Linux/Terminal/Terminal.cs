using System.Runtime.InteropServices;

namespace Argosy.Linux.Terminal;

/// <summary>What a terminal emulator on a descriptor can do: tell its size, and pass every key on as it is (termios(3), ioctl_tty(2)).</summary>
public static partial class Terminal
{
    private const nuint GetWindowSize = 0x5413;

    /// <summary>Whether the descriptor is a terminal.</summary>
    public static bool IsTerminal(int descriptor) => isatty(descriptor) == 1;

    /// <summary>The size in characters; false when the descriptor is no terminal or does not know its size.</summary>
    public static bool TryGetSize(int descriptor, out TerminalSize size)
    {
        size = default;
        if (ioctl(descriptor, GetWindowSize, out WindowSize window) < 0 || window.Rows == 0 || window.Columns == 0)
            return false;
        size = new TerminalSize(window.Rows, window.Columns);
        return true;
    }

    /// <summary>Switches the terminal to raw mode: no echo, no line editing, no signals from keys. Dispose the result to switch back.</summary>
    /// <exception cref="LinuxException">The descriptor is no terminal.</exception>
    public static IDisposable EnterRawMode(int descriptor)
    {
        if (tcgetattr(descriptor, out Termios before) < 0)
            throw LinuxException.FromLastError("tcgetattr", $"descriptor {descriptor}");
        Termios raw = before;
        cfmakeraw(ref raw);
        Set(descriptor, raw);
        return new RawMode(descriptor, before);
    }

    private static void Set(int descriptor, Termios settings)
    {
        if (tcsetattr(descriptor, 0, settings) < 0)
            throw LinuxException.FromLastError("tcsetattr", $"descriptor {descriptor}");
    }

    [LibraryImport("libc")]
    private static partial int isatty(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(int descriptor, nuint request, out WindowSize size);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int tcgetattr(int descriptor, out Termios settings);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int tcsetattr(int descriptor, int when, in Termios settings);

    [LibraryImport("libc")]
    private static partial void cfmakeraw(ref Termios settings);

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort WidthInPixels;
        public ushort HeightInPixels;
    }

    /// <summary>struct termios of glibc and musl, as bytes: only the C library looks into it. It has 60 of them.</summary>
    [System.Runtime.CompilerServices.InlineArray(64)]
    private struct Termios
    {
        private byte first;
    }

    private sealed class RawMode(int descriptor, Termios before) : IDisposable
    {
        private int restored;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref restored, 1) == 0)
                Set(descriptor, before);
        }
    }
}
