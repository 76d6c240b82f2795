using System.Text.RegularExpressions;

namespace Aegis.Tests.Architecture;

/// <summary>The summaries of a type and its properties, read from the source that declares it, anywhere in its project.</summary>
internal sealed partial class SourceComments
{
    private readonly string[] _lines;
    private readonly int _declared;

    public SourceComments(Type type)
    {
        var declaration = new Regex($@"^\s*(?:\w+ )*(?:class|record|struct) {type.Name}\b");
        var project = Path.Combine(Repository.Root, type.Assembly.GetName().Name!);
        (_lines, _declared) = Directory.GetFiles(project, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(project, file).StartsWith("obj", StringComparison.Ordinal))
            .Select(File.ReadAllLines).Select(lines => (lines, Array.FindIndex(lines, declaration.IsMatch)))
            .First(found => found.Item2 >= 0);
        Name = type.Name;
    }

    /// <summary>The type's name.</summary>
    private string Name { get; }

    /// <summary>The summary before the declaration of a property or of the type, as Markdown.</summary>
    public string Of(string name)
    {
        var declared = name == Name
            ? _declared
            : Array.FindIndex(_lines, _declared, line => line.Contains($" {name} {{ get;", StringComparison.Ordinal));
        Assert.True(declared >= 0, $"The source of {Name} does not declare {name}.");
        var first = Array.FindLastIndex(_lines, declared, line => line.Contains("<summary>", StringComparison.Ordinal));
        var last = Array.FindIndex(_lines, first, line => line.Contains("</summary>", StringComparison.Ordinal));

        // "/// <summary>Callers send <c>X-Api-Key</c>.</summary>"
        var comment = string.Join(' ', _lines[first..(last + 1)].Select(line => line.Trim().TrimStart('/').Trim()));
        return Tags().Replace(References().Replace(Code().Replace(comment, "`$1`"), "`$1`"), "").Trim();
    }

    [GeneratedRegex("<c>(.*?)</c>")]
    private static partial Regex Code();

    // <see cref="Transaction"/>, <paramref name="id"/>
    [GeneratedRegex("<(?:see|paramref) \\w+=\"([^\"]+)\" ?/>")]
    private static partial Regex References();

    [GeneratedRegex("<.*?>")]
    private static partial Regex Tags();
}
