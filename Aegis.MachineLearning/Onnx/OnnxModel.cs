using Google.Protobuf;
using Onnx;

namespace Aegis.MachineLearning.Onnx;

/// <summary>Builds a model in the standard ONNX format: nodes over named tensors of 32-bit floats.</summary>
/// <remarks>Operators of ai.onnx 13 and ai.onnx.ml 1, IR version 7: read by every ONNX Runtime since 1.7 and by ML.NET.</remarks>
internal sealed class OnnxModel(string name)
{
    /// <summary>The domain of the operators of classical machine learning.</summary>
    public const string MachineLearning = "ai.onnx.ml";

    private readonly GraphProto _graph = new() { Name = name };

    /// <summary>An attribute of an operator: a whole number.</summary>
    public static AttributeProto Int(string name, long value) => new()
        { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    /// <summary>An attribute of an operator: a word.</summary>
    public static AttributeProto Text(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    /// <summary>An attribute of an operator: a list of whole numbers.</summary>
    public static AttributeProto Ints(string name, IEnumerable<long> values) => new()
        { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };

    /// <summary>An attribute of an operator: a list of numbers.</summary>
    public static AttributeProto Floats(string name, IEnumerable<float> values) => new()
        { Name = name, Type = AttributeProto.Types.AttributeType.Floats, Floats = { values } };

    /// <summary>An attribute of an operator: a list of words.</summary>
    public static AttributeProto Texts(string name, IEnumerable<string> values) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Strings, Strings = { values.Select(ByteString.CopyFromUtf8) } };

    /// <summary>Declares a matrix that the caller passes in, with any number of rows.</summary>
    public void Input(string tensor, int columns) => _graph.Input.Add(Matrix(tensor, columns));

    /// <summary>Declares a matrix that the caller gets back.</summary>
    public void Output(string tensor, int columns) => _graph.Output.Add(Matrix(tensor, columns));

    /// <summary>Adds a constant; without dimensions, a single number.</summary>
    public void Constant(string tensor, float[] values, params long[] dimensions) =>
        _graph.Initializer.Add(
            new TensorProto { Name = tensor, DataType = (int)TensorProto.Types.DataType.Float, Dims = { dimensions },
            FloatData = { values } });

    /// <summary>Adds a constant list of positions.</summary>
    public void Positions(string tensor, params long[] values) =>
        _graph.Initializer.Add(
            new TensorProto { Name = tensor, DataType = (int)TensorProto.Types.DataType.Int64, Dims = { values.Length },
            Int64Data = { values } });

    /// <summary>Adds a node. Nodes must follow those whose outputs they take.</summary>
    /// <param name="operation">The operator, such as <c>MatMul</c>.</param>
    /// <param name="inputs">The tensors that it takes.</param>
    /// <param name="output">The tensor that it makes.</param>
    /// <param name="domain">Empty for ai.onnx.</param>
    /// <param name="attributes">Its constants.</param>
    public void Node(string operation, string[] inputs, string output, string domain = "", params AttributeProto[] attributes) =>
        _graph.Node.Add(new NodeProto { Name = output, OpType = operation, Domain = domain, Input = { inputs }, Output = { output },
            Attribute = { attributes } });

    /// <summary>The model as the bytes of an .onnx file.</summary>
    public byte[] ToBytes()
    {
        var model = new ModelProto { IrVersion = 7, ProducerName = "Aegis", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 13 });
        if (_graph.Node.Any(node => node.Domain == MachineLearning))
        {
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = MachineLearning, Version = 1 });
        }

        return model.ToByteArray();
    }

    private static ValueInfoProto Matrix(string tensor, int columns)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = columns });
        return new ValueInfoProto
        {
            Name = tensor,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float,
                Shape = shape } },
        };
    }
}
