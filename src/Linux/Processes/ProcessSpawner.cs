using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Processes;

/// <summary>Starts programs with posix_spawn: the cost does not grow with the daemon's memory, and descriptors are passed by intent.</summary>
public static unsafe partial class ProcessSpawner
{
    private const short SetSignalMask = 0x08;
    private const short SetSignalDefaults = 0x04;
    private const short SetSession = 0x80;

    // glibc's types have 80, 336 and 128 bytes on 64-bit machines; there is room to spare.
    private const int FileActionsSize = 256;
    private const int AttributesSize = 512;
    private const int SignalSetSize = 128;

    private const int OpenReadWrite = 2;
    private const int DuplicateCloseOnExec = 1030;

    /// <summary>Starts a program in a session of its own.</summary>
    /// <exception cref="LinuxException">The program cannot be executed.</exception>
    public static SpawnedProcess Spawn(SpawnRequest request)
    {
        byte* actions = stackalloc byte[FileActionsSize];
        byte* attributes = stackalloc byte[AttributesSize];
        Check(posix_spawn_file_actions_init(actions), "posix_spawn_file_actions_init");
        Check(posix_spawnattr_init(attributes), "posix_spawnattr_init");
        var borrowed = new List<SafeHandle>();
        try
        {
            AddDescriptors(actions, request.Descriptors, borrowed);
            if (request.WorkingDirectory is { } directory)
                Check(posix_spawn_file_actions_addchdir_np(actions, directory), "posix_spawn_file_actions_addchdir_np");
            SetAttributes(attributes);
            return Start(request, actions, attributes);
        }
        finally
        {
            foreach (SafeHandle handle in borrowed)
                handle.Dispose();
            _ = posix_spawn_file_actions_destroy(actions);
            _ = posix_spawnattr_destroy(attributes);
        }
    }

    private static void AddDescriptors(byte* actions, IReadOnlyList<KeyValuePair<int, SafeHandle>> descriptors, List<SafeHandle> borrowed)
    {
        int highest = Math.Max(2, descriptors.Count == 0 ? 0 : descriptors.Max(pair => pair.Key));
        for (int standard = 0; standard <= 2; standard++)
            if (descriptors.All(pair => pair.Key != standard))
                Check(posix_spawn_file_actions_addopen(actions, standard, "/dev/null", OpenReadWrite, 0), "posix_spawn_file_actions_addopen");
        foreach ((int target, SafeHandle handle) in descriptors)
            Check(posix_spawn_file_actions_adddup2(actions, Above(highest, handle, borrowed), target), "posix_spawn_file_actions_adddup2");
        Check(posix_spawn_file_actions_addclosefrom_np(actions, highest + 1), "posix_spawn_file_actions_addclosefrom_np");
    }

    /// <summary>A source that has the number of some target would be overwritten before it is used: take a copy further up.</summary>
    private static int Above(int highest, SafeHandle handle, List<SafeHandle> borrowed)
    {
        int descriptor = (int)handle.DangerousGetHandle();
        if (descriptor > highest)
            return descriptor;
        int copy = fcntl(descriptor, DuplicateCloseOnExec, highest + 1);
        if (copy < 0)
            throw LinuxException.FromLastError("fcntl F_DUPFD_CLOEXEC");
        borrowed.Add(new SafeFileHandle(copy, ownsHandle: true));
        return copy;
    }

    /// <summary>.NET ignores SIGPIPE and blocks signals on some threads; a child must not inherit that.</summary>
    private static void SetAttributes(byte* attributes)
    {
        byte* all = stackalloc byte[SignalSetSize];
        byte* none = stackalloc byte[SignalSetSize];
        _ = sigfillset(all);
        _ = sigemptyset(none);
        Check(posix_spawnattr_setsigdefault(attributes, all), "posix_spawnattr_setsigdefault");
        Check(posix_spawnattr_setsigmask(attributes, none), "posix_spawnattr_setsigmask");
        Check(posix_spawnattr_setflags(attributes, SetSignalDefaults | SetSignalMask | SetSession), "posix_spawnattr_setflags");
    }

    private static SpawnedProcess Start(SpawnRequest request, byte* actions, byte* attributes)
    {
        byte** arguments = Vector(request.Args);
        byte** environment = Vector(request.Environment);
        try
        {
            int pid;
            int error = posix_spawn(&pid, request.Path, actions, attributes, arguments, environment);
            return error == 0 ? new SpawnedProcess(pid) : throw new LinuxException("posix_spawn", request.Path, (Errno)error);
        }
        finally
        {
            Free(arguments, request.Args.Count);
            Free(environment, request.Environment.Count);
        }
    }

    private static byte** Vector(IReadOnlyList<string> texts)
    {
        byte** vector = (byte**)NativeMemory.Alloc((nuint)(texts.Count + 1), (nuint)sizeof(byte*));
        for (int i = 0; i < texts.Count; i++)
            vector[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
        vector[texts.Count] = null;
        return vector;
    }

    private static void Free(byte** vector, int count)
    {
        for (int i = 0; i < count; i++)
            Marshal.FreeCoTaskMem((nint)vector[i]);
        NativeMemory.Free(vector);
    }

    /// <summary>The posix_spawn family returns its error; it does not set errno.</summary>
    private static void Check(int error, string call)
    {
        if (error != 0)
            throw new LinuxException(call, null, (Errno)error);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn(int* pid, string path, byte* actions, byte* attributes, byte** args, byte** environment);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_destroy(byte* actions);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addopen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_adddup2(byte* actions, int from, int to);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addchdir_np(byte* actions, string path);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_addclosefrom_np(byte* actions, int from);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_init(byte* attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_destroy(byte* attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setflags(byte* attributes, short flags);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigdefault(byte* attributes, byte* signals);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigmask(byte* attributes, byte* signals);

    [LibraryImport("libc")]
    private static partial int sigfillset(byte* signals);

    [LibraryImport("libc")]
    private static partial int sigemptyset(byte* signals);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int descriptor, int command, int argument);
}
