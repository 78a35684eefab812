using Argosy.Core;

namespace Argosy.Networks.Tests;

/// <summary>A network device of somebody else's.</summary>
internal sealed class HostDevice : IAsyncDisposable
{
    private HostDevice(string name) => Name = name;

    internal string Name { get; }

    internal bool Exists => Directory.Exists("/sys/class/net/" + Name);

    internal static async Task<HostDevice> AddAsync(string kind)
    {
        var device = new HostDevice("theirs" + RandomId.Next()[..8]);
        (int code, string output) = await Shell.RunAsync("ip", "link", "add", device.Name, "type", kind);
        return code == 0 ? device : throw new InvalidOperationException(output);
    }

    public async ValueTask DisposeAsync() => await Shell.RunAsync("ip", "link", "delete", Name);
}
