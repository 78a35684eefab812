using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>
/// Follows the log of a container that writes 1, 2, 3 …; when the daemon dies under it, it comes back and asks for what came since its last line.
/// In one connection no line may be missing, doubled or out of order; over a break none may be missing.
/// </summary>
internal sealed class LogFollower(EngineApi api, string container)
{
    private string since = "0";

    /// <summary>The last number that was read.</summary>
    internal int Last { get; private set; }

    /// <summary>How often it had to come back.</summary>
    internal int Breaks { get; private set; }

    /// <summary>Follows until that number has come.</summary>
    internal async Task RunAsync(int last, CancellationToken cancellationToken)
    {
        while (Last < last)
        {
            try
            {
                await using Stream stream = await api.OpenAsync($"containers/{container}/logs?stdout=1&follow=1&timestamps=1&since={since}");
                await ReadAsync(stream, last, cancellationToken);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
            {
                // The daemon has died, or is not back yet.
                Breaks++;
                await Task.Delay(20, cancellationToken);
            }
        }
    }

    private async Task ReadAsync(Stream stream, int last, CancellationToken cancellationToken)
    {
        byte[] head = new byte[8];
        int? before = null;
        while (Last < last)
        {
            await stream.ReadExactlyAsync(head, cancellationToken);
            byte[] content = new byte[System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4))];
            await stream.ReadExactlyAsync(content, cancellationToken);
            string[] line = Encoding.ASCII.GetString(content).TrimEnd('\n').Split(' ');
            int number = int.Parse(line[1], CultureInfo.InvariantCulture);
            Assert.True(before is null ? number <= Last + 1 : number == before + 1, $"{number} came behind {before ?? Last}");
            before = number;
            Last = Math.Max(Last, number);
            since = line[0];
        }
    }
}
