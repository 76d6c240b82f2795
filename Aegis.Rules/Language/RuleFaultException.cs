namespace Aegis.Rules.Language;

/// <summary>A rule's condition cannot be used; the message says where and why, and what is allowed.</summary>
/// <param name="column">Where the fault begins, counted from 1.</param>
/// <param name="text">What is wrong and what is allowed.</param>
public sealed class RuleFaultException(int column, string text) : Exception($"Column {column}: {text}")
{
    /// <summary>Where the fault begins, counted from 1 in UTF-16 code units.</summary>
    public int Column { get; } = column;

    /// <summary>What is wrong and what is allowed, without the column.</summary>
    public string Text { get; } = text;
}
