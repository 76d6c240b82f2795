using System.Text.RegularExpressions;

namespace Aegis.Tests.Architecture;

/// <summary>The summaries of a type's source file, which is named as the type and lies anywhere in the checkout.</summary>
internal sealed partial class SourceComments
{
    private readonly string[] _lines;

    public SourceComments(Type type)
    {
        var projects = Path.Combine(Repository.Root, type.Assembly.GetName().Name!);
        _lines = File.ReadAllLines(Directory.GetFiles(projects, $"{type.Name}.cs", SearchOption.AllDirectories).Single());
    }

    /// <summary>The summary before the declaration of a property or of the type, as Markdown.</summary>
    public string Of(string name)
    {
        var declared = Array.FindIndex(_lines, line => line.Contains($" {name} {{ get;", StringComparison.Ordinal) || line.EndsWith($"class {name}", StringComparison.Ordinal));
        Assert.True(declared >= 0, $"The source does not declare {name}.");
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
