using System.Text;

namespace Argosy.Runtime.Tests;

internal static class Streams
{
    public static async Task<(string Out, string Err)> ReadAllAsync(Attachment attachment)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var streams = new[] { new StringBuilder(), new StringBuilder() };
        while (true)
        {
            AttachFrame frame = await attachment.ReadAsync(patience.Token);
            if (frame.IsEnd)
                return (streams[0].ToString(), streams[1].ToString());
            streams[frame.Stream - 1].Append(Encoding.UTF8.GetString(frame.Data.Span));
        }
    }
}
