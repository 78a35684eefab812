using System.Diagnostics;

namespace Argosy.Networks.Tests;

/// <summary>An HTTP server in a sandbox (busybox httpd, real sockets); its answer is its name.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Process process;
    private readonly DirectoryInfo root;

    private Server(Process process, DirectoryInfo root) => (this.process, this.root) = (process, root);

    internal static async Task<Server> StartAsync(Sandbox sandbox, int port, string answer)
    {
        DirectoryInfo root = Directory.CreateTempSubdirectory("argosy-httpd-");
        await File.WriteAllTextAsync(Path.Combine(root.FullName, "index.html"), answer);
        var server = new Server(Shell.StartInside(sandbox, "busybox", "httpd", "-f", "-p", port.ToString(), "-h", root.FullName), root);
        for (int tries = 0; tries < 200; tries++)
        {
            if (await Http.GetAsync(sandbox, System.Net.IPAddress.Loopback, port) == answer)
                return server;
            await Task.Delay(10);
        }
        await server.DisposeAsync();
        throw new InvalidOperationException("httpd does not listen");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        root.Delete(recursive: true);
    }
}
