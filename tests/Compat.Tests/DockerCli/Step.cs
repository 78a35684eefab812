using System.Text;

namespace Argosy.CompatTests.DockerCli;

/// <summary>One command of a script, and what must come of it.</summary>
internal sealed record Step(int Line, string Command)
{
    private readonly List<string> outputPatterns = [];
    private readonly List<string> errorPatterns = [];

    internal string? Input { get; private set; }

    internal string? ExactOutput { get; private set; }

    internal IReadOnlyList<string> OutputPatterns => outputPatterns;

    internal IReadOnlyList<string> ErrorPatterns => errorPatterns;

    internal IReadOnlyList<int> ExitCodes { get; private set; } = [0];

    /// <exception cref="InvalidDataException">A line is none of a script's.</exception>
    internal static IReadOnlyList<Step> Read(string path)
    {
        List<Step> steps = [];
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
                continue;
            string rest = line.Length > 2 ? line[2..] : "";
            if (line[0] == '$')
                steps.Add(new Step(number, "docker " + rest));
            else if (line[0] == '%')
                steps.Add(new Step(number, rest));
            else
                steps[^1].Take(line[0], rest, $"{path}:{number}");
        }
        return steps;
    }

    private void Take(char kind, string text, string place)
    {
        switch (kind)
        {
            case '<':
                Input += text + "\n";
                break;
            case '>':
                ExactOutput = new StringBuilder(ExactOutput).Append(text).Append(text.Length > 0 ? "\n" : "").ToString();
                break;
            case '~':
                outputPatterns.Add(text);
                break;
            case '!':
                errorPatterns.Add(text);
                break;
            case '=':
                ExitCodes = [.. text.Split(' ').Select(int.Parse)];
                break;
            default:
                throw new InvalidDataException($"{place}: {kind}");
        }
    }
}
