using System.Net;
using System.Net.Sockets;
using Argosy.Core;

namespace Argosy.Volumes.Tests;

/// <summary>What becomes of the options of volumes that stand for a mount. Needs no root and no network.</summary>
public sealed class LocalOptionsTests
{
    [Theory]
    // As dockerd's local driver does it: addr= first, for cifs else the device's host; addresses stay, other types are left alone.
    [InlineData("nfs", ":/export", "addr=server,rw,nfsvers=4", ":/export", "addr=192.0.2.7,rw,nfsvers=4")]
    [InlineData("nfs4", ":/", "soft,addr=server", ":/", "soft,addr=192.0.2.7")]
    [InlineData("nfs", ":/export", "addr=192.0.2.9,rw", ":/export", "addr=192.0.2.9,rw")]
    [InlineData("nfs", ":/export", "addr=2001:db8::1", ":/export", "addr=2001:db8::1")]
    [InlineData("nfs", "server:/export", "rw", "server:/export", "rw")]
    [InlineData("cifs", "//server/share/dir", "username=me,password=secret", "//192.0.2.7/share/dir", "username=me,password=secret")]
    [InlineData("cifs", "//192.0.2.9/share", "", "//192.0.2.9/share", "")]
    [InlineData("cifs", "//server/share", "addr=server", "//server/share", "addr=192.0.2.7")]
    [InlineData("tmpfs", "tmpfs", "addr=server", "tmpfs", "addr=server")]
    public async Task A_servers_name_becomes_its_address(string type, string device, string options, string resolvedDevice, string resolvedOptions)
    {
        LocalOptions resolved = await Parse(type, device, options).ResolveAsync(Server, default);
        Assert.Equal((resolvedDevice, resolvedOptions), (resolved.Device, resolved.MountOptions));
    }

    [Fact]
    public async Task A_server_that_nobody_knows_is_named()
    {
        EngineException unknown = await Assert.ThrowsAsync<EngineException>(() => Parse("nfs", ":/export", "addr=nowhere").ResolveAsync(Server, default));
        Assert.Equal("error resolving passed in network volume address: lookup nowhere: no such host", unknown.Message);
    }

    [Theory]
    [InlineData("ro,nosuid,nodev,noexec,sync,noatime", 1 | 2 | 4 | 8 | 16 | 1024, "")]
    [InlineData("ro,rw,addr=192.0.2.7,hard,timeo=600", 0, "addr=192.0.2.7,hard,timeo=600")]
    [InlineData("rbind,ro", 4096 | 16384 | 1, "")]
    [InlineData("", 0, "")]
    public void Words_of_mount_become_flags_and_the_rest_is_the_file_systems(string options, int flags, string data)
    {
        (Linux.Mounts.MountFlags actual, string left) = LocalOptions.Split(options);
        Assert.Equal((flags, data), ((int)actual, left));
    }

    [Fact]
    [Trait("Needs", "Root")]
    public async Task A_file_system_that_the_kernel_has_not_is_a_clear_error_without_the_password()
    {
        string directory = Directory.CreateTempSubdirectory("argosy-vol-").FullName;
        try
        {
            EngineException missing = await Assert.ThrowsAsync<EngineException>(() => Parse("nonefs", "//192.0.2.7/x", "username=me,password=secret").MountAsync(directory, default));
            Assert.Equal(
                $"error while mounting volume '{directory}': failed to mount local volume: mount //192.0.2.7/x:{directory}, flags: 0x0, data: username=me,password=********: no such device (this kernel has no file system nonefs)",
                missing.Message);
        }
        finally
        {
            Directory.Delete(directory);
        }
    }

    private static LocalOptions Parse(string type, string device, string options) =>
        LocalOptions.Parse(new Dictionary<string, string> { ["type"] = type, ["device"] = device, ["o"] = options })!;

    /// <summary>A server with addresses of both families.</summary>
    private static Task<IPAddress[]> Server(string host, CancellationToken cancellationToken) => host == "server"
        ? Task.FromResult<IPAddress[]>([IPAddress.Parse("2001:db8::7"), IPAddress.Parse("192.0.2.7")])
        : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
}
