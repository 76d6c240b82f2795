using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Aegis.Scoring;
using Aegis.Streams;

namespace Aegis.Tests.Architecture;

/// <summary>A setting's range is its attribute; pages and docstrings say the same.</summary>
public sealed class DocumentedSettingsTests
{
    public static TheoryData<Type, string> Settings => [.. new[] { typeof(ScoringOptions), typeof(StreamOptions) }.SelectMany(
        options => options.GetProperties().Where(property => property.IsDefined(typeof(RangeAttribute))).Select(property => (options, property.Name)))];

    [Theory]
    [MemberData(nameof(Settings))]
    public void RangeOfASetting_IsSaidWhereItIsDescribed(Type options, string name)
    {
        var property = options.GetProperty(name)!;
        var range = property.GetCustomAttribute<RangeAttribute>()!;
        var text = FormattableString.Invariant($"{range.Minimum:N0} to {range.Maximum:N0}");

        var source = File.ReadAllLines(Path.Combine(Repository.Root, $"Aegis.{(options == typeof(StreamOptions) ? "Streams" : "Scoring")}", $"{options.Name}.cs")).ToList();
        var declared = source.FindIndex(line => line.Contains($" {name} {{ get;", StringComparison.Ordinal));
        Assert.Contains(text, source.Take(declared).Last(line => line.Contains("<summary>", StringComparison.Ordinal)), StringComparison.Ordinal);

        var section = (string)options.GetField("Section")!.GetRawConstantValue()!;
        var row = File.ReadLines(Path.Combine(Repository.Root, "docs", "operations.md")).FirstOrDefault(line => line.StartsWith($"| {section}__{name} |", StringComparison.Ordinal));
        Assert.True(row is not null, $"docs/operations.md does not describe {section}__{name}.");
        Assert.Contains($"| {property.GetValue(Activator.CreateInstance(options))}, {text} |", row, StringComparison.Ordinal);
    }
}
