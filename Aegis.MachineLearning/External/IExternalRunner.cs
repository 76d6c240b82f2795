namespace Aegis.MachineLearning.External;

/// <summary>An opened model, which ML.NET runs.</summary>
internal interface IExternalRunner
{
    /// <summary>The number of payments that one call scores.</summary>
    int RowsAtOnce { get; }

    /// <summary>Makes the row that one thread scores with.</summary>
    ExternalRow CreateRow();
}
