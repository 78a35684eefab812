using System.Globalization;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;

namespace Argosy.Build.Syntax;

/// <summary>Text to <see cref="Dockerfile"/>. Errors carry Docker's words, and show the lines they speak of.</summary>
public static class DockerfileParser
{
    /// <summary>Parses a whole Dockerfile.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="fileName">The name that errors show.</param>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/>: <c>dockerfile parse error on line N: …</c>.</exception>
    public static Dockerfile Parse(string text, string fileName = "Dockerfile")
    {
        try
        {
            return Parse(new DockerfileLexer(text), text);
        }
        catch (DockerfileSyntaxException exception)
        {
            throw Describe(exception, text, fileName);
        }
    }

    /// <summary>Parses one instruction that an image left for its children (ONBUILD).</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> when it is none.</exception>
    public static Instruction ParseTrigger(string text)
    {
        try
        {
            var lexer = new DockerfileLexer(text);
            LogicalLine line = lexer.Read().FirstOrDefault() ?? throw new DockerfileSyntaxException("empty ONBUILD trigger");
            return InstructionParser.Parse(line, lexer.Escape);
        }
        catch (DockerfileSyntaxException exception)
        {
            throw Describe(exception, text, "ONBUILD");
        }
    }

    private static Dockerfile Parse(DockerfileLexer lexer, string text)
    {
        var globalArgs = new List<ArgInstruction>();
        var stages = new List<(FromInstruction From, List<Instruction> Instructions)>();
        foreach (LogicalLine line in lexer.Read())
        {
            switch (InstructionParser.Parse(line, lexer.Escape))
            {
                case FromInstruction from:
                    stages.Add((from, []));
                    break;
                case ArgInstruction arg when stages.Count == 0:
                    globalArgs.Add(arg);
                    break;
                case var _ when stages.Count == 0:
                    throw new DockerfileSyntaxException("no build stage in current context", line.Line, line.EndLine);
                case var instruction:
                    stages[^1].Instructions.Add(instruction);
                    break;
            }
        }
        if (stages.Count == 0)
            throw new DockerfileSyntaxException(globalArgs.Count == 0 ? "file with no instructions" : "no build stage in current context");
        return new Dockerfile(globalArgs, [.. stages.Select((stage, index) => new Stage(index, stage.From, stage.Instructions))], lexer.Escape)
        {
            Lines = LinesOf(text),
            DirectiveLines = lexer.Directives.Count,
            EmptyContinuations = lexer.EmptyContinuations,
            Check = lexer.Directives.Check,
        };
    }

    /// <summary>The message, then the lines as BuildKit's clients show them.</summary>
    private static EngineException Describe(DockerfileSyntaxException exception, string text, string fileName)
    {
        if (exception.Line == 0)
            return EngineException.Invalid($"dockerfile parse error: {exception.Message}");
        string excerpt = SourceExcerpt.Format(fileName, LinesOf(text), exception.Line, exception.EndLine);
        return EngineException.Invalid(string.Create(CultureInfo.InvariantCulture, $"dockerfile parse error on line {exception.Line}: {exception.Message}\n{excerpt}"));
    }

    private static string[] LinesOf(string text) => [.. text.TrimStart('\uFEFF').Split('\n').Select(line => line.TrimEnd('\r'))];
}
