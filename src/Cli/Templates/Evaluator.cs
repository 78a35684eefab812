using System.Collections;
using System.Text;

namespace Argosy.Cli.Templates;

/// <summary>Executes a template.</summary>
internal sealed class Evaluator(object? root, StringBuilder output)
{
    private readonly List<(string Name, object? Value)> variables = [("", root)];

    public void Run(IReadOnlyList<Node> nodes) => Run(nodes, root);

    private void Run(IReadOnlyList<Node> nodes, object? dot)
    {
        int depth = variables.Count;
        foreach (Node node in nodes)
            Run(node, dot);
        variables.RemoveRange(depth, variables.Count - depth);
    }

    private void Run(Node node, object? dot)
    {
        switch (node)
        {
            case Node.Text text: output.Append(text.Value); break;
            case Node.Print print: output.Append(GoText.Print(Evaluate(print.Value, dot))); break;
            case Node.Assign assign: Assign(assign, Evaluate(assign.Value, dot)); break;
            case Node.If choice: Run(GoText.IsTrue(Evaluate(choice.Condition, dot)) ? choice.Then : choice.Else, dot); break;
            case Node.With with: RunWith(with, dot); break;
            case Node.Range range: RunRange(range, dot); break;
        }
    }

    private void RunWith(Node.With with, object? dot)
    {
        object? value = Evaluate(with.Value, dot);
        if (GoText.IsTrue(value))
            Run(with.Body, value);
        else
            Run(with.Else, dot);
    }

    private void RunRange(Node.Range range, object? dot)
    {
        IReadOnlyList<(object? Key, object? Value)> items = Items(Evaluate(range.Items, dot));
        foreach ((object? key, object? value) in items)
        {
            int depth = variables.Count;
            if (range.Key is { } keyName)
                variables.Add((keyName, key));
            if (range.Element is { } elementName)
                variables.Add((elementName, value));
            Run(range.Body, value);
            variables.RemoveRange(depth, variables.Count - depth);
        }
        if (items.Count == 0)
            Run(range.Else, dot);
    }

    private static IReadOnlyList<(object? Key, object? Value)> Items(object? value) => value switch
    {
        null => [],
        IReadOnlyDictionary<string, object?> map => [.. map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => ((object?)entry.Key, entry.Value))],
        string text => throw new TemplateException($"range can't iterate over {text}"),
        IEnumerable list => [.. list.Cast<object?>().Select((item, index) => ((object?)(long)index, item))],
        long count => [.. Enumerable.Range(0, (int)count).Select(index => ((object?)(long)index, (object?)(long)index))],
        _ => throw new TemplateException($"range can't iterate over {GoText.Print(value)}"),
    };

    private void Assign(Node.Assign assign, object? value)
    {
        if (assign.IsNew)
        {
            variables.Add((assign.Variable, value));
            return;
        }
        int index = variables.FindLastIndex(variable => variable.Name == assign.Variable);
        variables[index >= 0 ? index : throw Undefined(assign.Variable)] = (assign.Variable, value);
    }

    private object? Evaluate(Expression expression, object? dot, params IReadOnlyList<object?> piped) => expression switch
    {
        Expression.Constant constant => constant.Value,
        Expression.Dot => dot,
        Expression.Variable variable => LookUp(variable.Name),
        Expression.Field field => Field(Evaluate(field.Target, dot), field, [.. field.Arguments.Select(argument => Evaluate(argument, dot)), .. piped]),
        Expression.Call call => Call(call, dot, piped),
        Expression.Pipe pipe => Evaluate(pipe.Next, dot, Evaluate(pipe.Value, dot)),
        _ => throw new TemplateException("unknown expression"),
    };

    /// <summary>"and" and "or" stop at the first value that decides.</summary>
    private object? Call(Expression.Call call, object? dot, IReadOnlyList<object?> piped)
    {
        if (call.Function is not ("and" or "or"))
            return Functions.Call(call.Function, [.. call.Arguments.Select(argument => Evaluate(argument, dot)), .. piped]);
        object? last = null;
        foreach (Expression argument in call.Arguments)
        {
            last = Evaluate(argument, dot);
            if (GoText.IsTrue(last) == (call.Function == "or"))
                return last;
        }
        return piped.Count > 0 ? piped[^1] : last;
    }

    private object? LookUp(string name)
    {
        int index = variables.FindLastIndex(variable => variable.Name == name);
        return index >= 0 ? variables[index].Value : throw Undefined(name);
    }

    private static object? Field(object? target, Expression.Field field, IReadOnlyList<object?> arguments)
    {
        if (target is null)
            return arguments.Count == 0 ? null : throw new TemplateException($"nil has no method {field.Name}");
        if (target is not IReadOnlyDictionary<string, object?> map)
            throw new TemplateException($"executing \"\" at <.{field.Name}>: can't evaluate field {field.Name} in type {GoText.TypeName(target)}");
        if (!TryFind(map, field.Name, out object? value))
            throw new TemplateException($"executing \"\" at <.{field.Name}>: map has no entry for key \"{field.Name}\"");
        return value is Func<IReadOnlyList<object?>, object?> method ? method(arguments) : value;
    }

    /// <summary>Docker's templates see Go's field names (ID), the wire has others (Id): the case of letters does not count when the exact name is missing.</summary>
    private static bool TryFind(IReadOnlyDictionary<string, object?> map, string name, out object? value)
    {
        if (map.TryGetValue(name, out value))
            return true;
        foreach ((string key, object? found) in map)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                value = found;
                return true;
            }
        }
        return false;
    }

    private static TemplateException Undefined(string name) => new($"undefined variable \"${name}\"");
}
