namespace Aegis.Client;

/// <summary>A request that says who makes it.</summary>
public interface ISaysBy
{
    /// <summary>Who makes it.</summary>
    string? By { get; }
}
