namespace Aegis.MachineLearning.External;

/// <summary>An opened model, as ML.NET runs it.</summary>
internal interface IExternalRunner
{
    /// <summary>Payments that one call scores.</summary>
    int RowsAtOnce { get; }

    /// <summary>What a thread scores with.</summary>
    ExternalRow CreateRow();
}
