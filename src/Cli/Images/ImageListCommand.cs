using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Client;
using Argosy.Contract.Images;

namespace Argosy.Cli.Images;

/// <summary><c>argosy images</c>.</summary>
internal static class ImageListCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> all = Flag.Bool("--all", "Show all images (default hides intermediate images)", "-a");
        Option<bool> digests = Flag.Bool("--digests", "Show digests");
        Option<string[]> filter = Flag.List("--filter", "filter", "Filter output based on conditions provided", ["-f"]);
        Option<string?> format = Flag.Text("--format", "Format output using a custom template: 'table', 'table TEMPLATE', 'json' or a Go template");
        Option<bool> noTrunc = Flag.Bool("--no-trunc", "Don't truncate output");
        Option<bool> quiet = Flag.Bool("--quiet", "Only show image IDs", "-q");
        return new VerbCommand("[OPTIONS] [REPOSITORY[:TAG]]", "List images")
        {
            all, digests, filter, format, noTrunc, quiet,
        }.With(0, 1, "argosy images", "argosy images --filter dangling=true -q").Runs(async (line, cancellationToken) =>
        {
            Filters? filters = FilterArguments.Parse(line, filter);
            if (line.Arguments.Count == 1)
                filters = (filters ?? new Filters()).Add("reference", line.Arguments[0]);
            bool truncates = !line.Get(noTrunc);
            IEnumerable<ImageSummary> images = await session.Client.Images.ListAsync(line.Get(all), line.Get(digests), filters: filters, cancellationToken: cancellationToken);
            IEnumerable<ImageRow> rows = images.SelectMany(image => ImageRow.Of(image, line.Get(digests)));
            if (line.Get(quiet) && line.Get(format) is null)
                await session.Out.WriteAsync(string.Concat(rows.Select(row => Ids.Show(row.Image.Id, truncates) + "\n")));
            else
                Columns(session.Clock, truncates, line.Get(digests)).Print(session, rows, line.Get(format));
        });
    }

    public static ListFormat<ImageRow> Columns(TimeProvider clock, bool truncates, bool showsDigests) => new(
    [
        new("ID", "IMAGE ID", row => Ids.Show(row.Image.Id, truncates)),
        new("Repository", "REPOSITORY", row => row.Repository),
        new("Tag", "TAG", row => row.Tag),
        new("Digest", "DIGEST", row => row.Digest),
        new("CreatedSince", "CREATED", row => Since(clock, row.Image.Created)),
        new("CreatedAt", "CREATED AT", row => LocalTime.Go(DateTimeOffset.FromUnixTimeSeconds(row.Image.Created))),
        new("Size", "SIZE", row => Units.HumanSize(row.Image.Size, 3)),
        new("VirtualSize", "SIZE", row => Units.HumanSize(row.Image.VirtualSize ?? row.Image.Size, 3)),
        new("SharedSize", "SHARED SIZE", row => row.Image.SharedSize < 0 ? "N/A" : Units.HumanSize(row.Image.SharedSize)),
        new("UniqueSize", "UNIQUE SIZE", row => row.Image.SharedSize < 0 ? "N/A" : Units.HumanSize(row.Image.Size - row.Image.SharedSize)),
        new("Containers", "CONTAINERS", row => row.Image.Containers < 0 ? "N/A" : $"{row.Image.Containers}"),
    ], showsDigests
        ? "{{.Repository}}\t{{.Tag}}\t{{.Digest}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}"
        : "{{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}");

    public static string Since(TimeProvider clock, long seconds)
    {
        if (seconds <= 0)
            return "N/A";
        TimeSpan age = clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds);
        return Units.HumanDuration(age < TimeSpan.Zero ? TimeSpan.Zero : age) + " ago";
    }
}
