namespace Aegis.Datasets;

/// <summary>Where one field of a transaction comes from: a column, a constant, or both (the constant where the cell is empty or unknown).</summary>
public sealed record FieldMap
{
    /// <summary>The column's name in the header.</summary>
    public string? Column { get; init; }

    /// <summary>The value where there is no column, the cell is empty, or <see cref="Values"/> lacks it.</summary>
    public string? Constant { get; init; }

    /// <summary>From cell to value, for example category names to codes.</summary>
    public IReadOnlyDictionary<string, string>? Values { get; init; }

    /// <summary>How a time is written: <c>iso</c>, <c>unix-seconds</c>, <c>unix-milliseconds</c>, or a .NET format read as UTC.</summary>
    public string? Format { get; init; }

    /// <summary>Of an amount: <c>minor</c> units (default) or <c>major</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>A text in which <c>{line}</c> stands for the line's number in the file, the header being line 1.</summary>
    public string? Template { get; init; }
}
