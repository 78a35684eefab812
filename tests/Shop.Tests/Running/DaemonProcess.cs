using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Argosy.Shop.Tests.Running;

/// <summary>The daemon behind the socket: found by asking the kernel who listens, started again as it was started before.</summary>
internal sealed record DaemonProcess(int Id, string[] CommandLine, string Directory, (string Name, string Value)[] Environment)
{
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;

    /// <summary>Who listens at the socket.</summary>
    internal static DaemonProcess Find(string host)
    {
        int id = PeerOf(host["unix://".Length..]);
        string[] environment = Strings($"/proc/{id}/environ");
        return new DaemonProcess(
            id,
            Strings($"/proc/{id}/cmdline"),
            File.ResolveLinkTarget($"/proc/{id}/cwd", returnFinalTarget: false)!.FullName,
            [.. environment.Where(pair => pair.Contains('=')).Select(pair => (pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..]))]);
    }

    /// <summary>kill -9.</summary>
    internal async Task KillAsync()
    {
        using var process = Process.GetProcessById(Id);
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Starts it again, free of this test: it outlives the test as it did before.</summary>
    internal async Task StartAgainAsync()
    {
        string executable = CommandLine[0].Contains('/') ? Path.GetFullPath(CommandLine[0], Directory) : CommandLine[0];
        string script = "setsid \"$@\" >>/tmp/argosyd-restarted.log 2>&1 </dev/null &";
        (await Command.RunAsync(
            "sh", ["-c", script, "sh", executable, .. CommandLine[1..]], TimeSpan.FromSeconds(20), Directory, "", Environment)).Succeeded();
    }

    // struct ucred { pid_t pid; uid_t uid; gid_t gid; } of the process that called listen; see unix(7).
    private static int PeerOf(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        byte[] credentials = new byte[12];
        socket.GetRawSocketOption(SolSocket, SoPeerCred, credentials);
        return BinaryPrimitives.ReadInt32LittleEndian(credentials);
    }

    private static string[] Strings(string file) => Encoding.UTF8.GetString(File.ReadAllBytes(file)).Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
