using System.IO.Compression;
using System.IO.Hashing;
using Aegis.Core.Features;
using Aegis.MachineLearning.Bundles;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Aegis.MachineLearning.External;

/// <summary>Runs a model that ML.NET saved, payment by payment, on the column <c>Features</c>.</summary>
internal sealed class MlNetRunner : IExternalRunner
{
    private const string Input = "Features";
    private const string Output = "Score";
    private readonly ITransformer _transformer;
    private readonly DataViewSchema _schema;

    private MlNetRunner(ITransformer transformer, DataViewSchema schema) => (_transformer, _schema) = (transformer, schema);

    /// <inheritdoc/>
    public int RowsAtOnce => 1;

    /// <exception cref="FraudModelFormatException">The file cannot be read, or has other inputs or outputs.</exception>
    public static MlNetRunner Open(string name, byte[] bytes)
    {
        var context = new MLContext();
        // ML.NET does not check the sums, and a damaged tree may hold a cycle.
        Opening.Of(name, "is no ML.NET model that can be read", () => CheckSums(name, bytes));
        DataViewSchema? saved = null;
        using var stream = new MemoryStream(bytes);
        var transformer = Opening.Of(name, "is no ML.NET model that can be read", () => context.Model.Load(stream, out saved));
        if (saved?.GetColumnOrNull(Input) is { } column
            && !column.Type.Equals(new VectorDataViewType(NumberDataViewType.Single, FeatureSchema.Count)))
        {
            throw new FraudModelFormatException(
                $"The model '{name}' was trained on a column {Input} of {column.Type}; allowed: a vector of {FeatureSchema.Count} floats.");
        }

        var schema = new DataViewSchema.Builder();
        schema.AddColumn(Input, new VectorDataViewType(NumberDataViewType.Single, FeatureSchema.Count));
        var features = schema.ToSchema();
        var output = Opening.Of(name, $"does not read a column {Input} alone", () => transformer.GetOutputSchema(features));
        var score = output.GetColumnOrNull(Output)?.Type;
        return score == NumberDataViewType.Single
            || (score is VectorDataViewType { Size: 1 } vector && vector.ItemType == NumberDataViewType.Single)
            ? new MlNetRunner(transformer, features)
            : throw new FraudModelFormatException($"The model '{name}' gives {(score is null ? $"no column {Output}" : $"a column {Output} of {score}")}; allowed: one float.");
    }

    /// <exception cref="FraudModelFormatException">A part of the archive is damaged.</exception>
    private static int CheckSums(string name, byte[] bytes)
    {
        using var archive = new ZipArchive(new MemoryStream(bytes));
        foreach (var entry in archive.Entries)
        {
            var sum = new Crc32();
            using var content = entry.Open();
            sum.Append(content);
            if (sum.GetCurrentHashAsUInt32() != entry.Crc32)
            {
                throw new FraudModelFormatException(
                    $"The model '{name}' is damaged: the checksum of its part '{entry.FullName}' does not match.");
            }
        }

        return archive.Entries.Count;
    }

    /// <inheritdoc/>
    public ExternalRow CreateRow() => new(_transformer, _schema, Output);
}
