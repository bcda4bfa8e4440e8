import type { DocPart, Docs, LinkNames } from "../types/docs.js";
import type { ObjectType, TypeMember, TypeNode } from "../types/type-node.js";
import type { ApiModel, ClassModel, Declaration, OperationModel } from "./api-model.js";
import { inPageIdentity, type InPageTarget, type InPageTargets } from "./in-page-references.js";

/*
 * Texts come from all stages before. Here is where they learn what their in-page references lead to.
 */

/** A model whose texts know what the client has for what they refer to. */
export function withLinks(model: ApiModel, targets: InPageTargets): ApiModel {
  const find = (docs: Docs): Docs =>
    docs.some(hasReference) ? docs.map((part) => linkedPart(part, targets)) : docs;
  return {
    ...model,
    classes: model.classes.map((one) => linkedClass(one, find)),
    schemas: model.schemas.map((one) => linkedDeclaration(one, find)),
  };
}

type Find = (docs: Docs) => Docs;

function hasReference(part: DocPart): boolean {
  return (part.kind === "text" || part.kind === "throws") && part.text.includes("](#");
}

function linkedPart(part: DocPart, targets: InPageTargets): DocPart {
  if (part.kind !== "text" && part.kind !== "throws") return part;
  const links = linkNames(part.text, targets);
  return links.length === 0 ? part : { ...part, links };
}

function linkNames(text: string, targets: InPageTargets): LinkNames {
  const urls = [...text.matchAll(/\]\((#[^()\s]+)\)/g)].map(([, url = ""]) => url);
  return [...new Set(urls)].flatMap((url) => {
    const target = targets.get(inPageIdentity(url) ?? "");
    return target === undefined ? [] : [[url, linkName(target)] as const];
  });
}

function linkName(target: InPageTarget): string {
  switch (target.kind) {
    case "class":
      return target.className;
    case "method":
      return `${target.className}.${target.methodName}`;
    case "type":
      return target.typeName;
  }
}

function linkedClass(model: ClassModel, find: Find): ClassModel {
  const operations = model.operations.map((one) => linkedOperation(one, find));
  return { ...model, docs: find(model.docs), operations };
}

function linkedOperation(model: OperationModel, find: Find): OperationModel {
  const declarations = model.declarations.map((one) => linkedDeclaration(one, find));
  return { ...model, docs: find(model.docs), declarations };
}

function linkedDeclaration(declaration: Declaration, find: Find): Declaration {
  const { shape } = declaration;
  return {
    ...declaration,
    docs: find(declaration.docs),
    shape:
      shape.kind === "alias"
        ? { ...shape, type: linkedType(shape.type, find) }
        : { ...shape, object: linkedObject(shape.object, find) },
  };
}

function linkedType(type: TypeNode, find: Find): TypeNode {
  const linked = (inner: TypeNode): TypeNode => linkedType(inner, find);
  switch (type.kind) {
    case "object":
      return linkedObject(type, find);
    case "array":
      return { ...type, element: linked(type.element) };
    case "tuple":
      return { ...type, elements: type.elements.map(linked), rest: type.rest && linked(type.rest) };
    case "union":
    case "intersection":
      return { ...type, members: type.members.map(linked) };
    case "jsonStream":
    case "jsonItems":
      return { ...type, item: linked(type.item) };
    case "eventStream":
      return { ...type, event: type.event && linked(type.event) };
    default:
      return type;
  }
}

function linkedObject(object: ObjectType, find: Find): ObjectType {
  return {
    ...object,
    members: object.members.map((member) => linkedMember(member, find)),
    index: object.index && linkedType(object.index, find),
  };
}

function linkedMember(member: TypeMember, find: Find): TypeMember {
  return { ...member, docs: find(member.docs), type: linkedType(member.type, find) };
}
