using System.Runtime.InteropServices;

namespace Argosy.Linux;

/// <summary>EINTR, handled once: a call that a signal cut short is made again.</summary>
public static class Interrupts
{
    /// <summary>Repeats <paramref name="call"/> (a <c>LibraryImport</c> with <c>SetLastError</c>) until it is not interrupted; the result may still be −1.</summary>
    public static int Retry<TState>(TState state, Func<TState, int> call)
    {
        int result;
        do
            result = call(state);
        while (result < 0 && Marshal.GetLastPInvokeError() == (int)Errno.Interrupted);
        return result;
    }

    /// <summary>As <see cref="Retry"/>, for calls that return a size.</summary>
    public static nint RetrySized<TState>(TState state, Func<TState, nint> call)
    {
        nint result;
        do
            result = call(state);
        while (result < 0 && Marshal.GetLastPInvokeError() == (int)Errno.Interrupted);
        return result;
    }
}
